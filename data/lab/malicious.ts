import type {Kind} from "./client.js";
import * as network from "./networkAttacks.js";
import * as web from "./webAttacks.js";

/**
 * The malicious clients: each a real tool against the lab’s own servers, bounded in requests and in time. Floods are
 * short: they are to be recognised, not to be endured.
 */
export const maliciousKinds: Kind[] = [
  {kind: "directory-scan", tool: "gobuster", clients: 1, act: web.gobuster},
  {kind: "directory-scan", tool: "ffuf", clients: 1, act: web.ffuf},
  {kind: "directory-scan", tool: "dirb", clients: 1, act: web.dirb},
  {kind: "directory-scan", tool: "dirsearch", clients: 1, act: web.dirsearch},
  {kind: "directory-scan", tool: "wfuzz", clients: 1, act: web.wfuzz},
  {kind: "vulnerability-scan", tool: "wapiti", clients: 1, act: web.wapiti},
  {kind: "vulnerability-scan", tool: "whatweb", clients: 1, act: web.whatweb},
  {kind: "vulnerability-scan", tool: "nmap", clients: 1, act: web.nmapScripts},
  {kind: "sql-injection", tool: "sqlmap", clients: 2, act: web.sqlmap},
  {kind: "password-guessing", tool: "hydra", clients: 1, act: web.hydraForm},
  {kind: "password-guessing", tool: "medusa", clients: 1, act: web.medusaForm},
  {kind: "password-guessing", tool: "patator", clients: 1, act: web.patatorForm},
  {kind: "password-guessing", tool: "curl", clients: 2, act: web.guessSlowly},
  {kind: "ssh-guessing", tool: "hydra", clients: 1, act: network.hydraShell},
  {kind: "ssh-guessing", tool: "ncrack", clients: 1, act: network.ncrackShell},
  {kind: "fast-scraper", tool: "httrack", clients: 1, act: web.httrack},
  {kind: "fast-scraper", tool: "wget", clients: 2, act: web.scrapeFast},
  {kind: "slow-scraper", tool: "curl", clients: 4, act: web.scrapeSlowly},
  {kind: "exploit-probe", tool: "curl", clients: 3, act: web.probe},
  {kind: "flood", tool: "ab", clients: 2, act: web.ab},
  {kind: "flood", tool: "siege", clients: 2, act: web.siege},
  {kind: "slow-loris", tool: "slowhttptest", clients: 3, act: web.slowLoris},
  {kind: "port-scan", tool: "nmap", clients: 4, act: network.scanPorts},
  {kind: "address-sweep", tool: "nmap", clients: 1, act: network.sweep},
  {kind: "syn-flood", tool: "hping3", clients: 2, act: network.synFlood},
  {kind: "beacon", tool: "curl", clients: 4, throughout: true, act: network.beacon},
  {kind: "dns-tunnel", tool: "iodine", clients: 1, act: network.iodine},
  {kind: "dns-tunnel", tool: "dns2tcp", clients: 1, act: network.dns2tcp},
  {kind: "exfiltration", tool: "curl", clients: 2, act: network.exfiltrate}
];
