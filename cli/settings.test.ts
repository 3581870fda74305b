import { readSettings } from "./settings";

test.each(["abc", "-1", "65536", "1.5", "-1.5", "1e9"])(
  "a port that is none says what a port is: %s",
  (port) => {
    expect(() => readSettings({ GATEWAY_PORT: port, GATEWAY_METRICS_PORT: port })).toThrow(
      new Error(
        "The environment is not valid:\n  GATEWAY_PORT: a port number from 0 to 65535\n" +
          "  GATEWAY_METRICS_PORT: a port number from 0 to 65535",
      ),
    );
  },
);

test.each(["0", "65535"])("a port: %s", (port) => {
  expect(readSettings({ GATEWAY_PORT: port }).GATEWAY_PORT).toBe(Number(port));
});
