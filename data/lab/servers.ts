import {type ChildProcess, execFileSync, spawn} from "node:child_process";
import {closeSync, cpSync, existsSync, mkdirSync, openSync, writeFileSync} from "node:fs";
import {serveApp} from "./app.js";
import {type Account, servers} from "./room.js";
import {writeSite} from "./site.js";

/** What the servers write: the access log of the site, and the packets on loopback. */
export const accessLog = "/tmp/access.log";
export const capture = "/tmp/capture.pcap";

/** The accounts that servers need: one to log in by SSH, and one for the far end of a tunnel. */
export function serverAccounts(): Account[] {
  const hash = run("openssl", "passwd", "-6", "Copper-Kettle-55").trim();
  return [
    {name: "deploy", uid: 30001, address: servers.files, hash},
    {name: "relay", uid: 30002, address: servers.relay}
  ];
}

/** Bytes that are kept of each packet: the headers, and the name of a DNS query. */
const snapLength = 96;

/**
 * Starts the capture and then the servers: nginx with the site (and a second, far site without a log), dnsmasq, sshd,
 * chronyd, mosquitto, rsyncd and the far ends of two DNS tunnels. Returns a function that stops them.
 */
export async function startServers(log: string): Promise<() => Promise<void>> {
  const output = openSync(`${log}/servers.log`, "a");
  const children: ChildProcess[] = [];
  const start = (command: string, ...words: string[]) => {
    const child = spawn(command, words, {stdio: ["ignore", output, output]});
    children.push(child);
    return child;
  };
  mkdirSync("/tmp/www");
  const pages = writeSite("/tmp/www");
  const app = serveApp("/tmp/app.sock", pages);
  await new Promise((resolve) => app.once("listening", resolve));
  execFileSync("chmod", ["666", "/tmp/app.sock"]);
  writeConfigurations();

  const tcpdump = start(
    "tcpdump",
    "-i",
    "lo",
    "-n",
    "-U",
    "-s",
    String(snapLength),
    "-B",
    "16384",
    "-Z",
    "root",
    "-w",
    capture
  );
  while (!existsSync(capture)) await new Promise((resolve) => setTimeout(resolve, 50));
  start("nginx", "-c", "/tmp/nginx.conf", "-g", "daemon off;");
  start("dnsmasq", "--keep-in-foreground", "--conf-file=/tmp/dnsmasq.conf");
  start("/usr/sbin/sshd", "-D", "-e", "-f", "/tmp/sshd.conf");
  start("chronyd", "-d", "-x", "-u", "root", "-f", "/tmp/chrony.conf");
  start("mosquitto", "-c", "/tmp/mosquitto.conf");
  start("rsync", "--daemon", "--no-detach", "--config=/tmp/rsyncd.conf");
  start("iodined", "-f", "-c", "-P", "lab", "-l", servers.tunnel, "10.53.0.1/27", "t.lab.test");
  start(
    "setpriv",
    "--reuid=relay",
    "--regid=relay",
    "--clear-groups",
    "--inh-caps=+net_bind_service",
    "--ambient-caps=+net_bind_service",
    "dns2tcpd",
    "-F",
    "-f",
    "/tmp/dns2tcpd.conf"
  );
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const failed = children.filter((d) => d.exitCode !== null);
  if (failed.length > 0) throw new Error(`server stopped early: ${failed.map((d) => d.spawnfile).join(", ")}`);

  return async () => {
    children.splice(children.indexOf(tcpdump), 1);
    for (const child of [...children.reverse(), tcpdump]) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(timer);
    }
    app.close();
    closeSync(output);
  };
}

function writeConfigurations(): void {
  run(
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "30",
    "-subj",
    "/CN=www.lab.test",
    "-keyout",
    "/tmp/key.pem",
    "-out",
    "/tmp/cert.pem"
  );
  for (const file of ["host_key", "deploy_key"])
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lab", "-f", `/tmp/${file}`);
  run("chmod", "644", "/tmp/deploy_key");
  mkdirSync("/tmp/home/deploy/.ssh", {recursive: true});
  cpSync("/tmp/deploy_key.pub", "/tmp/home/deploy/.ssh/authorized_keys");
  run("chown", "-R", "deploy:deploy", "/tmp/home/deploy");
  mkdirSync("/tmp/backup");
  cpSync("/tmp/www", "/tmp/backup", {recursive: true});

  writeFileSync("/tmp/nginx.conf", nginx);
  writeFileSync("/tmp/dnsmasq.conf", dnsmasq);
  writeFileSync("/tmp/sshd.conf", sshd);
  writeFileSync("/tmp/chrony.conf", chrony);
  writeFileSync("/tmp/mosquitto.conf", `listener 1883 ${servers.mqtt}\nallow_anonymous true\npersistence false\n`);
  writeFileSync(
    "/tmp/rsyncd.conf",
    `address = ${servers.backup}\nuse chroot = no\nreverse lookup = no\n[site]\npath = /tmp/backup\n`
  );
  writeFileSync("/tmp/dns2tcpd.conf", dns2tcpd);
}

const proxy = "proxy_pass http://unix:/tmp/app.sock; proxy_http_version 1.1; proxy_set_header Host $host;";

const nginx = `
user www-data;
pid /tmp/nginx.pid;
error_log /tmp/error.log;
worker_processes 2;
events {worker_connections 4096;}
http {
  include /etc/nginx/mime.types;
  access_log off;
  server_tokens off;
  sendfile on;
  gzip on;
  gzip_types text/css application/javascript application/json application/rss+xml;
  keepalive_timeout 15;
  client_header_timeout 20;
  client_body_timeout 20;
  send_timeout 20;
  client_max_body_size 20m;
  proxy_temp_path /tmp/proxy;
  client_body_temp_path /tmp/body;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server {
    listen ${servers.www}:80 backlog=1024;
    listen ${servers.www}:443 ssl http2;
    ssl_certificate /tmp/cert.pem;
    ssl_certificate_key /tmp/key.pem;
    access_log ${accessLog} combined;
    root /tmp/www;
    location / {try_files $uri $uri/ =404;}
    location = /login {${proxy}}
    location = /account {${proxy}}
    location = /search {${proxy}}
    location /api/ {${proxy}}
    location /assets/ {expires 1h;}
    location /images/ {expires 1h;}
  }
  server {
    listen ${servers.far}:80;
    listen ${servers.far}:8080;
    listen ${servers.far}:443 ssl;
    listen 8053;
    ssl_certificate /tmp/cert.pem;
    ssl_certificate_key /tmp/key.pem;
    root /tmp/www/files;
    location = /sink {${proxy}}
    location = /task {return 200 "none\\n";}
  }
}
`;

const addresses = Object.entries(servers).map(([name, address]) => `host-record=${name}.lab.test,${address}`);
const machines = Array.from({length: 200}, (_, i) => `host-record=m${i + 1}.lab.test,127.1.0.${100 + (i % 100)}`);

const dnsmasq = `
listen-address=${servers.ns}
bind-interfaces
no-resolv
no-hosts
user=root
pid-file=/tmp/dnsmasq.pid
local=/lab.test/
${[...addresses, ...machines].join("\n")}
mx-host=lab.test,files.lab.test
txt-record=lab.test,"v=spf1 -all"
`;

const sshd = `
ListenAddress ${servers.files}
HostKey /tmp/host_key
PidFile /tmp/sshd.pid
UsePAM no
UseDNS no
PasswordAuthentication yes
MaxStartups 40
AllowUsers deploy
StrictModes no
PrintMotd no
PrintLastLog no
Subsystem sftp internal-sftp
`;

const chrony = `
local stratum 8
allow 127.0.0.0/8
bindaddress ${servers.time}
cmdport 0
pidfile /tmp/chronyd.pid
`;

const dns2tcpd = `
listen = ${servers.relay}
port = 53
domain = d.lab.test
key = lab
resources = web:${servers.far}:8080
`;

function run(command: string, ...words: string[]): string {
  return execFileSync(command, words, {encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]});
}
