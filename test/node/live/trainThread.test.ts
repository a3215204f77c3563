import {expect, test} from "vitest";
import {LiveModel, type Train} from "../../../lib/live/liveModel.js";
import {trainModel} from "../../../lib/live/trainModel.js";
import {TrainThread} from "../../../lib/node/live/trainThread.js";
import {liveRows, show, siteSessions} from "../../live/liveTraffic.js";

const rows = siteSessions({perHour: 200, hours: 4, seed: 5});

test("TrainThread.train(request) gives the bits of training in place, and says what is wrong with a request", {
  timeout: 60_000
}, async () => {
  const thread = new TrainThread();
  let compared = 0;
  const both: Train = async (request) => {
    const [model, expected] = [await thread.train(request), trainModel(request)];
    expect(Buffer.from(model.forest).equals(Buffer.from(expected.forest))).toBe(true);
    expect({...model, forest: null}).toEqual({...expected, forest: null});
    ++compared;
    await expect(thread.train({...request, features: ["gap"]})).rejects.toThrow("missing column: gap");
    return model;
  };
  try {
    const model = new LiveModel("sessions", {forest: {trees: 20}, warmUp: 100, retrain: 60}, both);
    await show(model, rows);
    expect(compared).toBeGreaterThan(1);
    expect(model.score(liveRows(rows.slice(0, 3)).table)).toHaveLength(3);
  } finally {
    await thread.close();
  }
  await expect(thread.train({} as never)).rejects.toThrow("expected an open training thread, got a closed one");
});
