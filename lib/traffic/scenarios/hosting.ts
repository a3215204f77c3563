import type {WeightedPlace} from "./scenario.js";

/**
 * Places with many data centres, where rented machines appear to be; coordinates from GeoNames (CC BY 4.0). The weights
 * are a guess at their relative size.
 */
export const hosting: readonly WeightedPlace[] = [
  {city: "Ashburn", country: "United States of America", latitude: 39.0437, longitude: -77.4875, weight: 5},
  {city: "Boardman", country: "United States of America", latitude: 45.8399, longitude: -119.7006, weight: 2},
  {city: "Santa Clara", country: "United States of America", latitude: 37.3541, longitude: -121.9552, weight: 2},
  {city: "Frankfurt am Main", country: "Germany", latitude: 50.1155, longitude: 8.6842, weight: 3},
  {city: "Falkenstein", country: "Germany", latitude: 50.4779, longitude: 12.3713, weight: 2},
  {city: "Amsterdam", country: "Netherlands", latitude: 52.374, longitude: 4.8897, weight: 2},
  {city: "Roubaix", country: "France", latitude: 50.6942, longitude: 3.1746, weight: 2},
  {city: "Dublin", country: "Ireland", latitude: 53.3331, longitude: -6.2489, weight: 1},
  {city: "Helsinki", country: "Finland", latitude: 60.1695, longitude: 24.9354, weight: 1},
  {city: "Moscow", country: "Russia", latitude: 55.7522, longitude: 37.6156, weight: 1},
  {city: "Singapore", country: "Singapore", latitude: 1.2897, longitude: 103.8501, weight: 3},
  {city: "Hong Kong", country: "Hong Kong", latitude: 22.2783, longitude: 114.1747, weight: 1},
  {city: "Tokyo", country: "Japan", latitude: 35.6895, longitude: 139.6917, weight: 1}
];
