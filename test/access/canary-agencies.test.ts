import { canary } from "./canary";

canary("agencies");
