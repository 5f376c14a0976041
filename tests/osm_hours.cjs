// What opening_hours.js reads out of values of `opening_hours`, for a place in Sweden, in the time zone of TZ.
// On standard input: {"package": its folder, "values": [...], "from", "until": milliseconds since 1970, "anew": [...]}.
// On standard output, for each value: [[when, state, comment], ...], of each change and of each moment to ask anew of.
const { readFileSync } = require("node:fs");

const asked = JSON.parse(readFileSync(0, "utf8"));
const OpeningHours = require(asked.package);
// Without the county and the country, it knows no public holidays.
const place = {
  lat: 58.28,
  lon: 12.29,
  address: { country_code: "se", country: "Sverige", state: "Västra Götalands län" },
};

function* moments(iterator) {
  do yield iterator.getDate().getTime();
  while (iterator.advance(new Date(asked.until)));
  for (const moment of asked.anew) {
    iterator.setDate(new Date(moment));
    yield moment;
  }
}

function read(value) {
  const iterator = new OpeningHours(value, place).getIterator(new Date(asked.from));
  const said = [];
  for (const moment of moments(iterator)) said.push([moment, iterator.getStateString(), iterator.getComment() ?? ""]);
  return said.sort((one, other) => one[0] - other[0]);
}

process.stdout.write(JSON.stringify(asked.values.map(read)));
