/** Nothing in it by itself: which agency's it is, and who may ask, is said by the query or subscription that gives it. */
export const FEED_STATUS_POLICY = {
  "FeedStatus.cursor": "authenticated",
  "FeedStatus.lastEventAt": "authenticated",
  "FeedStatus.lagSeconds": "authenticated",
  "FeedStatus.silent": "authenticated",
  "FeedAlert.id": "authenticated",
  "FeedAlert.cursor": "authenticated",
  "FeedAlert.occurredAt": "authenticated",
  "FeedAlert.recordedAt": "authenticated",
  "FeedAlert.historic": "authenticated",
  "FeedAlert.provenance": "authenticated",
  "FeedAlert.change": "authenticated",
} as const;
