import type {ColumnSpecification} from "./columnSpecification.js";

/** The columns that only sessions of real requests have, beside those that simulated ones have too; part of the schema. */
export const sessionColumns: readonly ColumnSpecification[] = [
  {
    name: "user_agent",
    title: "User agent",
    type: "text",
    role: "client",
    unit: "",
    meaning: "What the client calls itself, in the session’s first request."
  },
  {
    name: "host",
    title: "Host",
    type: "text",
    role: "result",
    unit: "",
    meaning: "The site that the session’s first page was asked of, where the log says."
  },
  {
    name: "first_path",
    title: "First path",
    type: "text",
    role: "result",
    unit: "",
    meaning: "The first page that the session asked for, with its query."
  },
  feature(
    "requests",
    "Requests",
    "requests",
    "How many requests the session has.",
    "Thousands for crawlers, floods and brute force; one for a scan that moves on."
  ),
  feature(
    "burst_requests",
    "Burst",
    "requests",
    "The most requests within 10 seconds in a row.",
    "High for floods and fast scans, even where the session as a whole is slow."
  ),
  feature(
    "night_share",
    "Night share",
    "share",
    "Share of requests from 0 to 6 o’clock of the log’s own zone.",
    "High for what runs by a timetable, or from the other side of the world."
  ),
  feature(
    "path_entropy",
    "Path entropy",
    "bits",
    "Shannon entropy of the paths of page requests: 0 for a single path, log₂ n for n paths asked for equally often.",
    "High for crawlers and scans, 0 for brute force on one form."
  ),
  feature(
    "path_depth",
    "Path depth",
    "parts",
    "Mean number of parts between slashes in the paths of page requests; / has none.",
    "High for crawlers that follow every link and for guesses at installed software."
  ),
  feature(
    "new_path_share",
    "New path share",
    "share",
    "Share of page requests for a path that the whole log has not had before. Paths are told apart by 24 bits of a hash, so that a few are mistaken for known ones where there are very many. High for all at the log’s beginning.",
    "High for scans, which ask for what is not there, and for deep crawls."
  ),
  feature(
    "repeated_path_share",
    "Repeated path share",
    "share",
    "Share of page requests for a path that the session has asked for before.",
    "Near 1 for brute force, polling and floods on one page."
  ),
  feature(
    "query_share",
    "Query share",
    "share",
    "Share of page requests with a query (?).",
    "High for attacks on parameters, such as SQL injection, and for scraped searches."
  ),
  feature(
    "probe_share",
    "Probe share",
    "share",
    "Share of requests for what scans ask for on any site (/.env, /.git, phpmyadmin, ../, <script, union select, jndi:, …), or for another site as if this were a proxy.",
    "Above 0 for vulnerability scans and injection."
  ),
  feature(
    "longest_target",
    "Longest target",
    "bytes",
    "Length of the longest path with its query.",
    "Hundreds for injected code and overflows."
  ),
  feature(
    "not_found_share",
    "Not found share",
    "share",
    "Share of requests answered with 404 or 410.",
    "High for vulnerability scans, and for crawlers with an old list of links."
  ),
  feature(
    "denied_share",
    "Denied share",
    "share",
    "Share of requests answered with 401, 403, 407 or 429.",
    "High for credential stuffing, forced browsing and what a firewall has caught."
  ),
  feature(
    "redirect_share",
    "Redirect share",
    "share",
    "Share of requests answered with 301, 302, 303, 307 or 308.",
    "High for clients that do not follow where they are sent."
  ),
  feature(
    "unusual_method_share",
    "Unusual method share",
    "share",
    "Share of requests by other methods than GET and POST, or by none that can be read.",
    "High for other protocols on this port, link checkers (HEAD) and attempts to write (PUT)."
  ),
  feature(
    "bytes_per_request",
    "Bytes per request",
    "bytes",
    "Mean size of the answers whose size the log states.",
    "High for downloads in bulk, low for probes that get nothing but errors."
  ),
  feature(
    "agents_of_address",
    "Agents of address",
    "agents",
    "Distinct user agents of the open sessions of the same address, when this one began or when it ended, whichever is more.",
    "High for scanners that call themselves something else with every request; a few for offices and mobile networks."
  ),
  feature(
    "declared_bot",
    "Declared bot",
    "",
    "1 where the user agent names a program instead of a browser, or is missing; 0 where it claims a browser.",
    "1 for honest crawlers and for tools that do not hide."
  ),
  feature(
    "header_plausibility",
    "Header plausibility",
    "",
    "How far a claimed browser can be believed: 1, less 0.25 for each of an agent of no browser’s form, a version two years old or three years ahead, three pages or more without an asset, and the same without a referrer; 0 without an agent, 1 for agents that claim no browser.",
    "Low for machines that pose as browsers."
  )
];

function feature(name: string, title: string, unit: string, meaning: string, reveals: string): ColumnSpecification {
  return {name, title, type: "number", role: "feature", unit, meaning, reveals};
}
