import type {FileReport} from "../../formats/fileReport.js";

/** A file’s report without the lines that it shows as they stand, for traffic that is anonymized. */
export function withoutSamples<Report extends FileReport>(report: Report): Report {
  return {...report, rejects: report.rejects.map((reject) => ({...reject, sample: ""}))};
}
