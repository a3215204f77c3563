import {combined, common, vhostCombined} from "./accessLog.js";
import {argus} from "./argus.js";
import {awsVpc} from "./awsVpc.js";
import type {Format} from "./format.js";
import {caddyJson, jsonAccess, traefikJson} from "./jsonAccessLog.js";
import {nfdumpCsv} from "./nfdump.js";
import {pcap} from "./pcap.js";
import {pcapng} from "./pcapng.js";
import {suricataEve} from "./suricata.js";
import {zeekConn, zeekDns, zeekHttp, zeekOther, zeekSsl} from "./zeek.js";
import {zeekConnJson, zeekDnsJson, zeekHttpJson, zeekOtherJson, zeekSslJson} from "./zeekJson.js";

/** Every log format that is read, in the order in which they are tried. */
export const formats: readonly Format[] = [
  pcap,
  pcapng,
  zeekConn,
  zeekHttp,
  zeekDns,
  zeekSsl,
  zeekOther,
  suricataEve,
  zeekConnJson,
  zeekHttpJson,
  zeekDnsJson,
  zeekSslJson,
  zeekOtherJson,
  caddyJson,
  traefikJson,
  jsonAccess,
  nfdumpCsv,
  argus,
  awsVpc,
  vhostCombined,
  combined,
  common
];
