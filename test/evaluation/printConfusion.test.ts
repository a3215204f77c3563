import fc from "fast-check";
import {expect, test} from "vitest";
import type {ConfusionCounts} from "../../lib/evaluation/confusionMatrix.js";
import {type PrintMode, printConfusion} from "../../lib/evaluation/printConfusion.js";

/**
 * Printed by R 4.2.2 with caret 6.0-93 for `confusionMatrix(as.table(matrix(c(tn, fp, fn, tp), 2, …)), positive = "1")`,
 * with a bar at the end of each line so that blanks show.
 */
const recorded: [name: string, counts: number[], mode: PrintMode, text: string][] = [
  [
    "the notebook at 0.6",
    [17, 2, 10, 289],
    "sens_spec",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0 289  10|
         1   2  17|
                                         |
               Accuracy : 0.9623         |
                 95% CI : (0.935, 0.9804)|
    No Information Rate : 0.9151         |
    P-Value [Acc > NIR] : 0.0006832      |
                                         |
                  Kappa : 0.7195         |
                                         |
 Mcnemar's Test P-Value : 0.0433081      |
                                         |
            Sensitivity : 0.62963        |
            Specificity : 0.99313        |
         Pos Pred Value : 0.89474        |
         Neg Pred Value : 0.96656        |
             Prevalence : 0.08491        |
         Detection Rate : 0.05346        |
   Detection Prevalence : 0.05975        |
      Balanced Accuracy : 0.81138        |
                                         |
       'Positive' Class : 1              |
                                         |
`
  ],
  [
    "the notebook at 0.6, by precision and recall",
    [17, 2, 10, 289],
    "prec_recall",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0 289  10|
         1   2  17|
                                         |
               Accuracy : 0.9623         |
                 95% CI : (0.935, 0.9804)|
    No Information Rate : 0.9151         |
    P-Value [Acc > NIR] : 0.0006832      |
                                         |
                  Kappa : 0.7195         |
                                         |
 Mcnemar's Test P-Value : 0.0433081      |
                                         |
              Precision : 0.89474        |
                 Recall : 0.62963        |
                     F1 : 0.73913        |
             Prevalence : 0.08491        |
         Detection Rate : 0.05346        |
   Detection Prevalence : 0.05975        |
      Balanced Accuracy : 0.81138        |
                                         |
       'Positive' Class : 1              |
                                         |
`
  ],
  [
    "the notebook at 0.75, where nothing is flagged",
    [0, 0, 27, 291],
    "everything",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0 291  27|
         1   0   0|
                                          |
               Accuracy : 0.9151          |
                 95% CI : (0.8789, 0.9433)|
    No Information Rate : 0.9151          |
    P-Value [Acc > NIR] : 0.551           |
                                          |
                  Kappa : 0               |
                                          |
 Mcnemar's Test P-Value : 5.624e-07       |
                                          |
            Sensitivity : 0.00000         |
            Specificity : 1.00000         |
         Pos Pred Value :     NaN         |
         Neg Pred Value : 0.91509         |
              Precision :      NA         |
                 Recall : 0.00000         |
                     F1 :      NA         |
             Prevalence : 0.08491         |
         Detection Rate : 0.00000         |
   Detection Prevalence : 0.00000         |
      Balanced Accuracy : 0.50000         |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "everything flagged",
    [27, 291, 0, 0],
    "sens_spec",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0   0   0|
         1 291  27|
                                          |
               Accuracy : 0.0849          |
                 95% CI : (0.0567, 0.1211)|
    No Information Rate : 0.9151          |
    P-Value [Acc > NIR] : 1               |
                                          |
                  Kappa : 0               |
                                          |
 Mcnemar's Test P-Value : <2e-16          |
                                          |
            Sensitivity : 1.00000         |
            Specificity : 0.00000         |
         Pos Pred Value : 0.08491         |
         Neg Pred Value :     NaN         |
             Prevalence : 0.08491         |
         Detection Rate : 0.08491         |
   Detection Prevalence : 1.00000         |
      Balanced Accuracy : 0.50000         |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "a perfect table",
    [27, 0, 0, 291],
    "everything",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0 291   0|
         1   0  27|
                                     |
               Accuracy : 1          |
                 95% CI : (0.9885, 1)|
    No Information Rate : 0.9151     |
    P-Value [Acc > NIR] : 5.574e-13  |
                                     |
                  Kappa : 1          |
                                     |
 Mcnemar's Test P-Value : NA         |
                                     |
            Sensitivity : 1.00000    |
            Specificity : 1.00000    |
         Pos Pred Value : 1.00000    |
         Neg Pred Value : 1.00000    |
              Precision : 1.00000    |
                 Recall : 1.00000    |
                     F1 : 1.00000    |
             Prevalence : 0.08491    |
         Detection Rate : 0.08491    |
   Detection Prevalence : 0.08491    |
      Balanced Accuracy : 1.00000    |
                                     |
       'Positive' Class : 1          |
                                     |
`
  ],
  [
    "everything wrong",
    [0, 291, 27, 0],
    "everything",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0   0  27|
         1 291   0|
                                     |
               Accuracy : 0          |
                 95% CI : (0, 0.0115)|
    No Information Rate : 0.9151     |
    P-Value [Acc > NIR] : 1          |
                                     |
                  Kappa : -0.184     |
                                     |
 Mcnemar's Test P-Value : <2e-16     |
                                     |
            Sensitivity : 0.00000    |
            Specificity : 0.00000    |
         Pos Pred Value : 0.00000    |
         Neg Pred Value : 0.00000    |
              Precision : 0.00000    |
                 Recall : 0.00000    |
                     F1 :     NaN    |
             Prevalence : 0.08491    |
         Detection Rate : 0.00000    |
   Detection Prevalence : 0.91509    |
      Balanced Accuracy : 0.00000    |
                                     |
       'Positive' Class : 1          |
                                     |
`
  ],
  [
    "no rows",
    [0, 0, 0, 0],
    "everything",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction 0 1|
         0 0 0|
         1 0 0|
                                  |
               Accuracy : NaN     |
                 95% CI : (NA, NA)|
    No Information Rate : NA      |
    P-Value [Acc > NIR] : NA      |
                                  |
                  Kappa : NaN     |
                                  |
 Mcnemar's Test P-Value : NA      |
                                  |
            Sensitivity :  NA     |
            Specificity :  NA     |
         Pos Pred Value :  NA     |
         Neg Pred Value :  NA     |
              Precision :  NA     |
                 Recall :  NA     |
                     F1 :  NA     |
             Prevalence : NaN     |
         Detection Rate : NaN     |
   Detection Prevalence : NaN     |
      Balanced Accuracy :  NA     |
                                  |
       'Positive' Class : 1       |
                                  |
`
  ],
  [
    "fake rows alone",
    [3, 0, 1, 0],
    "sens_spec",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction 0 1|
         0 0 1|
         1 0 3|
                                          |
               Accuracy : 0.75            |
                 95% CI : (0.1941, 0.9937)|
    No Information Rate : 1               |
    P-Value [Acc > NIR] : 1               |
                                          |
                  Kappa : 0               |
                                          |
 Mcnemar's Test P-Value : 1               |
                                          |
            Sensitivity : 0.75            |
            Specificity :   NA            |
         Pos Pred Value :   NA            |
         Neg Pred Value :   NA            |
             Prevalence : 1.00            |
         Detection Rate : 0.75            |
   Detection Prevalence : 0.75            |
      Balanced Accuracy :   NA            |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "statistics in scientific notation",
    [1, 10449, 169, 28],
    "sens_spec",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction     0     1|
         0    28   169|
         1 10449     1|
                                          |
               Accuracy : 0.0027          |
                 95% CI : (0.0018, 0.0039)|
    No Information Rate : 0.984           |
    P-Value [Acc > NIR] : 1               |
                                          |
                  Kappa : -0.0322         |
                                          |
 Mcnemar's Test P-Value : <2e-16          |
                                          |
            Sensitivity : 5.882e-03       |
            Specificity : 2.673e-03       |
         Pos Pred Value : 9.569e-05       |
         Neg Pred Value : 1.421e-01       |
             Prevalence : 1.597e-02       |
         Detection Rate : 9.392e-05       |
   Detection Prevalence : 9.815e-01       |
      Balanced Accuracy : 4.277e-03       |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "a p-value below the least, beside a short one",
    [623, 271, 0, 21],
    "prec_recall",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0  21   0|
         1 271 623|
                                          |
               Accuracy : 0.7038          |
                 95% CI : (0.6731, 0.7333)|
    No Information Rate : 0.6809          |
    P-Value [Acc > NIR] : 0.07229         |
                                          |
                  Kappa : 0.0955          |
                                          |
 Mcnemar's Test P-Value : < 2e-16         |
                                          |
              Precision : 0.6969          |
                 Recall : 1.0000          |
                     F1 : 0.8214          |
             Prevalence : 0.6809          |
         Detection Rate : 0.6809          |
   Detection Prevalence : 0.9770          |
      Balanced Accuracy : 0.5360          |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "a p-value below the least, beside a long one",
    [707, 13, 0, 12284],
    "sens_spec",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction     0     1|
         0 12284     0|
         1    13   707|
                                          |
               Accuracy : 0.999           |
                 95% CI : (0.9983, 0.9995)|
    No Information Rate : 0.9456          |
    P-Value [Acc > NIR] : < 2.2e-16       |
                                          |
                  Kappa : 0.9904          |
                                          |
 Mcnemar's Test P-Value : 0.0008741       |
                                          |
            Sensitivity : 1.00000         |
            Specificity : 0.99894         |
         Pos Pred Value : 0.98194         |
         Neg Pred Value : 1.00000         |
             Prevalence : 0.05437         |
         Detection Rate : 0.05437         |
   Detection Prevalence : 0.05537         |
      Balanced Accuracy : 0.99947         |
                                          |
       'Positive' Class : 1               |
                                          |
`
  ],
  [
    "rounded shares below 0.001",
    [1, 6, 146, 0],
    "prec_recall",
    `
Confusion Matrix and Statistics|
|
          Reference|
Prediction   0   1|
         0   0 146|
         1   6   1|
                                         |
               Accuracy : 0.0065         |
                 95% CI : (2e-04, 0.0359)|
    No Information Rate : 0.9608         |
    P-Value [Acc > NIR] : 1              |
                                         |
                  Kappa : -0.0815        |
                                         |
 Mcnemar's Test P-Value : <2e-16         |
                                         |
              Precision : 0.142857       |
                 Recall : 0.006803       |
                     F1 : 0.012987       |
             Prevalence : 0.960784       |
         Detection Rate : 0.006536       |
   Detection Prevalence : 0.045752       |
      Balanced Accuracy : 0.003401       |
                                         |
       'Positive' Class : 1              |
                                         |
`
  ]
];

test.each(recorded)("printConfusion(counts) prints what R prints: %s", (_, counts, mode, text) => {
  expect(printConfusion(table(counts), {mode})).toBe(lines(text));
});

test("printConfusion(counts, {levels}) names the levels as R does", () => {
  // the same versions, with dimnames of these levels and positive the second
  expect(printConfusion(table([17, 2, 10, 289]), {levels: ["Genuine Traffic", "Fake Traffic"]})).toBe(
    lines(`
Confusion Matrix and Statistics|
|
                 Reference|
Prediction        Genuine Traffic Fake Traffic|
  Genuine Traffic             289           10|
  Fake Traffic                  2           17|
                                         |
               Accuracy : 0.9623         |
                 95% CI : (0.935, 0.9804)|
    No Information Rate : 0.9151         |
    P-Value [Acc > NIR] : 0.0006832      |
                                         |
                  Kappa : 0.7195         |
                                         |
 Mcnemar's Test P-Value : 0.0433081      |
                                         |
            Sensitivity : 0.62963        |
            Specificity : 0.99313        |
         Pos Pred Value : 0.89474        |
         Neg Pred Value : 0.96656        |
             Prevalence : 0.08491        |
         Detection Rate : 0.05346        |
   Detection Prevalence : 0.05975        |
      Balanced Accuracy : 0.81138        |
                                         |
       'Positive' Class : Fake Traffic   |
                                         |
`)
  );
});

test("printConfusion(counts) prints sensitivity and specificity unless told otherwise", () => {
  const counts = table([17, 2, 10, 289]);
  expect(printConfusion(counts)).toBe(printConfusion(counts, {mode: "sens_spec", levels: ["0", "1"]}));
});

test("printConfusion(counts) rounds exact ties to the even digit", () => {
  // 5 of 32 are 0.15625: R has round(0.15625, 4) = 0.1562, and the same for format(0.15625, digits = 4)
  const text = printConfusion(table([0, 17, 10, 5]));
  expect(text).toContain("Accuracy : 0.1562 ");
  // 10 of 32 fake rows and 17 of 32 flagged: 0.3125 and 0.53125
  expect(text).toMatch(/ Prevalence : 0\.3125 /);
  expect(text).toContain("Detection Prevalence : 0.5312 ");
});

test("printConfusion(counts) gives lines of one width after the table, for any counts", () => {
  const count = fc.oneof(fc.constant(0), fc.integer({min: 0, max: 50}), fc.integer({min: 0, max: 5e8}));
  const mode = fc.constantFrom<PrintMode>("sens_spec", "prec_recall", "everything");
  fc.assert(
    fc.property(count, count, count, count, mode, (tp, fp, fn, tn, mode) => {
      const text = printConfusion({tp, fp, fn, tn}, {mode});
      const block = text.split("\n").slice(6, -1);
      expect(new Set(block.map(({length}) => length)).size).toBe(1);
      expect(block.length).toBe({sens_spec: 21, prec_recall: 20, everything: 24}[mode]);
      expect(text).not.toMatch(/undefined|null|Infinity/);
    })
  );
});

test("printConfusion(counts) throws unless counts are whole numbers", () => {
  expect(() => printConfusion(table([1.5, 0, 0, 0]))).toThrow(new RangeError("invalid trials: 1.5"));
});

function table([tp, fp, fn, tn]: readonly number[]): ConfusionCounts {
  return {tp: tp!, fp: fp!, fn: fn!, tn: tn!};
}

function lines(text: string): string {
  return text.slice(1).replaceAll("|\n", "\n");
}
