import type {AlertPlace} from "./alert.js";
import type {Arrival} from "./liveState.js";

/** Where clients came from and alerts were raised in the last ten minutes: at most 500 places of each in a minute. */
export class ArrivalPlaces {
  private readonly clients = new PlaceCounts();
  private readonly alerts = new PlaceCounts();

  /** Clocks of clients never fall. */
  addClient(place: AlertPlace, clock: number): void {
    this.clients.add(place, clock);
  }

  /** Clocks of alerts never fall either, and may be behind those of clients. */
  addAlert(place: AlertPlace, clock: number): void {
    this.alerts.add(place, clock);
  }

  /** At most 200 places of the ten minutes up to the clock’s, the most clients first. */
  list(clock: number): Arrival[] {
    const [clients, alerts] = [this.clients.sums(clock), this.alerts.sums(clock)];
    return [...new Set([...clients.keys(), ...alerts.keys()])]
      .map((key) => {
        const {latitude, longitude, country} = (clients.get(key) ?? alerts.get(key))!;
        return {latitude, longitude, country, clients: countOf(clients, key), alerts: countOf(alerts, key)};
      })
      .sort(
        (a, b) => b.clients - a.clients || b.alerts - a.alerts || a.latitude - b.latitude || a.longitude - b.longitude
      )
      .slice(0, mostTold);
  }
}

interface PlaceCount {
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string | null;
  readonly count: number;
}

class PlaceCounts {
  private readonly places: Map<string, PlaceCount>[] = Array.from({length: kept}, () => new Map());
  private readonly minutes = new Float64Array(kept).fill(Number.NEGATIVE_INFINITY);

  add({latitude, longitude, country}: AlertPlace, clock: number): void {
    const time = Math.floor(clock / minute);
    const i = ((time % kept) + kept) % kept;
    const places = this.places[i]!;
    if (this.minutes[i] !== time) {
      this.minutes[i] = time;
      places.clear();
    }
    const key = `${latitude},${longitude}`;
    if (places.size >= mostOfMinute && !places.has(key)) return;
    places.set(key, {latitude, longitude, country, count: countOf(places, key) + 1});
  }

  sums(clock: number): Map<string, PlaceCount> {
    const newest = Math.floor(clock / minute);
    const sums = new Map<string, PlaceCount>();
    for (const [i, places] of this.places.entries()) {
      if (!(this.minutes[i]! > newest - kept)) continue;
      for (const [key, place] of places) sums.set(key, {...place, count: countOf(sums, key) + place.count});
    }
    return sums;
  }
}

function countOf(places: ReadonlyMap<string, PlaceCount>, key: string): number {
  return places.get(key)?.count ?? 0;
}

const minute = 60_000;
const kept = 10;
const mostOfMinute = 500;
const mostTold = 200;
