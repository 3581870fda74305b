/** Nothing in it by itself: which agency's it is, and who may ask, is said by the query that gives it. */
export const FEED_STATUS_POLICY = {
  "FeedStatus.cursor": "authenticated",
  "FeedStatus.lastEventAt": "authenticated",
  "FeedStatus.lagSeconds": "authenticated",
  "FeedStatus.silent": "authenticated",
} as const;
