/*
 * graphql-js decides as it is loaded whether each `instanceof` also looks for a second copy of it: in production it does
 * not, and what asks much is a tenth faster.
 */
const environment = process.env["NODE_ENV"];
process.env["NODE_ENV"] = "production";
require("graphql/jsutils/instanceOf");
process.env["NODE_ENV"] = environment;
