--[[ rotation-scan: some records that are not sealed with the present data key.

KEYS    the fair's keys (people/keys.py)
ARGV    1 cursor, '0' to begin   2 about how many records to look at   3 the present version, two bytes
gives   {cursor, {place, sealed record, ...}}; the cursor is '0' again when all have been looked at
]]
local page = redis.call('HSCAN', KEYS[2], ARGV[1], 'COUNT', ARGV[2])
local old = {}
for i = 1, #page[2], 2 do
  if string.sub(page[2][i + 1], 1, 2) ~= ARGV[3] then
    old[#old + 1] = page[2][i]
    old[#old + 1] = page[2][i + 1]
  end
end
return { page[1], old }
