import { canary } from "./canary";

canary("gateway");
