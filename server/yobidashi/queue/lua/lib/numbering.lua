--[[ How a party comes to its number and its persons: shared by issue, split and what corrects them. Needs `fair`.

Whoever makes parties or tickets hands `counters` and `entries` to commit.
]]

local counters, entries = {}, {}

-- The next number of a series, without those that are skipped.
local function draw(counter, letter)
  local n = counters[counter] or meta[counter] or (rules.first - 1)
  repeat
    n = n + 1
    local skipped = false
    for _, unlucky in ipairs(rules.skip) do skipped = skipped or unlucky == n end
  until not skipped
  counters[counter] = n
  return string.format('%s%d', letter, n)
end

-- Whoever asks for the number finds the party.
local function publish(number, party)
  entries[#entries + 1] = { NUMBERS, number, party.id }
end

-- A party without tickets; `values` = {size, children, inside, origin?}. One that drops in at a booth is 'unnumbered'.
local function new_party(values, unnumbered)
  local id = (meta.parties or 0) + 1
  if id > rules.parties_max then refuse('fair_full', { limit = rules.parties_max }) end
  counters.parties = id
  values.id, values.issued_at, values.tickets = id, now, {}
  values.number = rules.series == 'party' and not unnumbered and draw('number', '') or ''
  if values.number ~= '' then publish(values.number, values) end
  return new('parties', values)
end

-- The persons are counted anew; who was out of the hall is still out.
local function resize(party, size, children)
  party.inside = math.max(0, math.min(size, party.inside + size - party.size))
  party.size, party.children = size, math.min(children or party.children, size)
end
