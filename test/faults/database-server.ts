import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCluster, type Cluster } from "../../platform/postgres/cluster";
import { databaseUrl, ensureDatabase } from "../../platform/postgres/databases";
import { mind } from "../../platform/postgres/minder";

/** A PostgreSQL of one test's own, that can be killed outright and started again where it was. */
export class DatabaseServer {
  private folder!: string;
  private cluster!: Cluster;
  private dismissMinder!: () => Promise<void>;
  private readonly superuserPassword = randomBytes(18).toString("base64url");

  async open(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), "hub-faults-"));
    await chmod(this.folder, 0o711); // the server's account has to pass through it
    this.dismissMinder = mind({ remove: this.folder });
    await this.start();
  }

  async start(): Promise<void> {
    this.cluster = await startCluster({
      dataDirectory: join(this.folder, "data"),
      superuserPassword: this.superuserPassword,
      ...(this.cluster ? { port: this.cluster.port } : {}),
      // The machine does not fail here, only the server: what it handed over to the machine is there.
      settings: { max_connections: 200, fsync: "off" },
    });
  }

  /** Kills the server; resolves when the last of its processes has gone. */
  async kill(): Promise<void> {
    const lock = await readFile(join(this.cluster.dataDirectory, "postmaster.pid"), "utf8");
    process.kill(Number.parseInt(lock, 10), "SIGKILL");
    await this.cluster.failed;
  }

  /** Makes a database that a role of its own owns, as on a site; answers its address for that role. */
  async createDatabase(name: string): Promise<string> {
    const spec = { database: name, role: name, password: this.superuserPassword };
    await ensureDatabase(this.cluster.superuserUrl(), spec);
    return databaseUrl(this.cluster.superuserUrl(), spec);
  }

  async close(): Promise<void> {
    await this.cluster.stop();
    await rm(this.cluster.dataDirectory, { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
    await this.dismissMinder();
  }
}
