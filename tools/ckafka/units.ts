// What CKafka counts. An offset is a quantity of its own: a difference of offsets is no count of messages until somebody counts.
declare module "../../src/model/quantity.ts" {
  interface Counts {
    messages: true;
    offsets: true;
    partitions: true;
    topics: true;
    "messages/min": true;
    "queries/s": true;
  }
}

export {};
