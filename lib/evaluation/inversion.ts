import {delongInterval} from "./delong.js";
import {auc} from "./rocCurve.js";
import type {ScoreLevels} from "./scoreLevels.js";
import {percent} from "./wording.js";

/**
 * In plain words, that a score ranks fakes below genuine rows; null unless its area under ROC lies below one half with all
 * of its 95 % interval (DeLong), or is 0.
 */
export function inversion(levels: ScoreLevels): string | null {
  const area = auc(levels);
  const {upper} = delongInterval(levels);
  if (!(area < 0.5 && (upper < 0.5 || area === 0))) return null;
  return `The score is inverted: a fake row outscores a genuine one in only ${percent(area)} of pairs, where chance gives 50 %. Taken the other way round, it would in ${percent(1 - area)}.`;
}
