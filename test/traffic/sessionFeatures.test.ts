import fc from "fast-check";
import {expect, test} from "vitest";
import {type Requests, sessionFeatureNames, sessionFeatures} from "../../lib/traffic/sessionFeatures.js";

interface Request {
  time: number;
  path?: number;
  status?: number;
  asset?: boolean;
  post?: boolean;
  referrer?: boolean;
}

test("sessionFeatures(requests) equals a session worked out by hand", () => {
  const visit = session(
    {time: 0, path: 0},
    {time: 500, asset: true, path: 7},
    {time: 1000, asset: true, path: 8, status: 404},
    {time: 30_000, path: 1, referrer: true},
    {time: 30_200, asset: true, path: 7},
    {time: 90_000, path: 0, referrer: true, post: true, status: 500}
  );
  expect(only(visit)).toEqual({
    request_rate: 4, // 6 requests in 1.5 min
    session_duration: 90,
    unique_paths_visited: 2,
    error_share: 0.3333,
    gap_variation: 0.4714, // pauses of 30 and 60 s: √450 / 45
    asset_share: 0.5,
    referrer_share: 0.6667,
    post_share: 0.3333
  });
});

test("sessionFeatures(requests) counts a rate over at least one minute", () => {
  expect(only(session({time: 0}, {time: 10_000}, {time: 20_000})).request_rate).toBe(3);
  expect(only(session({time: 0}, {time: 90_000})).request_rate).toBe(1.333);
});

test("sessionFeatures(requests) takes a single request for an instant of undecided pace", () => {
  expect(only(session({time: 5, referrer: true}))).toEqual({
    request_rate: 1,
    session_duration: 0,
    unique_paths_visited: 1,
    error_share: 0,
    gap_variation: 1,
    asset_share: 0,
    referrer_share: 1,
    post_share: 0
  });
});

test("sessionFeatures(requests) of an empty session has no shares", () => {
  expect(only(session())).toEqual({
    request_rate: 0,
    session_duration: 0,
    unique_paths_visited: 0,
    error_share: NaN,
    gap_variation: 1,
    asset_share: NaN,
    referrer_share: NaN,
    post_share: NaN
  });
});

test("sessionFeatures(requests) has no shares of pages where only assets were requested", () => {
  const {asset_share, referrer_share, post_share} = only(session({time: 0, asset: true}, {time: 1, asset: true}));
  expect({asset_share, referrer_share, post_share}).toEqual({asset_share: 1, referrer_share: NaN, post_share: NaN});
});

test("sessionFeatures(requests) does not guess referrers that the log left out", () => {
  const {hasReferrer: _, ...requests} = session({time: 0}, {time: 1000});
  expect(only(requests).referrer_share).toBeNaN();
});

test("sessionFeatures(requests) gives even paces a gap variation of 0, and fewer than three pages 1", () => {
  const every = (gap: number, pages: number) =>
    only(session(...Array.from({length: pages}, (_, i) => ({time: i * gap})))).gap_variation;
  expect([every(700, 3), every(60_000, 50), every(0, 4)]).toEqual([0, 0, 0]);
  expect([every(700, 1), every(700, 2)]).toEqual([1, 1]);
});

test("sessionFeatures(requests) of a batch equals its sessions one by one", () => {
  fc.assert(
    fc.property(fc.array(visits, {maxLength: 6}), (batch) => {
      const offsets = Uint32Array.from([0, ...batch.map((_, i) => batch.slice(0, i + 1).flat().length)]);
      const together = sessionFeatures({...session(...batch.flat()), offsets});
      const apart = batch.map((visit) => only(session(...visit)));
      for (const name of sessionFeatureNames) expect([...together[name]]).toEqual(apart.map((d) => d[name]));
    })
  );
});

test("sessionFeatures(requests) has counts of 0 or more and shares in [0, 1]", () => {
  fc.assert(
    fc.property(visits, (visit) => {
      const features = only(session(...visit));
      const {error_share, asset_share, referrer_share, post_share, ...others} = features;
      for (const share of [error_share, asset_share, referrer_share, post_share]) {
        expect(Number.isNaN(share) || (share >= 0 && share <= 1)).toBe(true);
      }
      for (const value of Object.values(others)) expect(value).toBeGreaterThanOrEqual(0);
    })
  );
});

test("sessionFeatures(requests) does not depend on when a session took place", () => {
  fc.assert(
    fc.property(visits, fc.integer({min: 0, max: 2e12}), (visit, shift) => {
      const later = visit.map((request) => ({...request, time: request.time + shift}));
      expect(only(session(...later))).toEqual(only(session(...visit)));
    })
  );
});

test("sessionFeatures(requests) throws when times descend within a session, not between sessions", () => {
  const requests = session({time: 9}, {time: 3});
  expect(() => sessionFeatures(requests)).toThrow("expected ascending times in session: 0");
  expect(() => sessionFeatures({...requests, offsets: Uint32Array.of(0, 1, 2)})).not.toThrow();
});

const visits: fc.Arbitrary<Request[]> = fc
  .array(
    fc.record({
      time: fc.integer({min: 0, max: 7_200_000}),
      path: fc.integer({min: 0, max: 5}),
      status: fc.constantFrom(0, 200, 304, 404, 503),
      asset: fc.boolean(),
      post: fc.boolean(),
      referrer: fc.boolean()
    }),
    {maxLength: 12}
  )
  .map((requests) => requests.sort((a, b) => a.time - b.time));

function session(...requests: Request[]): Requests {
  return {
    time: Float64Array.from(requests, ({time}) => time),
    path: Int32Array.from(requests, ({path = 0}) => path),
    status: Uint16Array.from(requests, ({status = 200}) => status),
    isAsset: Uint8Array.from(requests, ({asset = false}) => Number(asset)),
    isPost: Uint8Array.from(requests, ({post = false}) => Number(post)),
    hasReferrer: Uint8Array.from(requests, ({referrer = false}) => Number(referrer))
  };
}

function only(requests: Requests) {
  const features = sessionFeatures(requests);
  return Object.fromEntries(sessionFeatureNames.map((name) => [name, features[name][0]!])) as Record<
    (typeof sessionFeatureNames)[number],
    number
  >;
}
