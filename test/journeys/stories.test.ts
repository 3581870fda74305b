import { lower, raise } from "./stage";

beforeAll(raise, 180_000);
afterAll(lower);

import "./first-incident.story";
import "./call-in.story";
import "./wrong-person.story";
