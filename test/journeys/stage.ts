import { begin, type Story } from "./story";

/** The hub on which the stories play, one after the other; nobody of one meets anybody of another. */
export let story: Story;

export async function raise(): Promise<void> {
  story = await begin({
    "the detective": ["detective"],
    "the coordinator": ["coordinator"],
    "the prosecutor": ["prosecutor"],
    "the advocate": ["advocate"],
    "the provider": ["provider"],
  });
}

export async function lower(): Promise<void> {
  await story?.end();
}
