--[[ records-count: how many records of each kind there are, and how many private links. Nothing is read of them.

KEYS    the fair's keys (people/keys.py)
gives   {links, {kind, count, ...}}
]]
local counts, kinds = {}, {}
for _, place in ipairs(redis.call('HKEYS', KEYS[2])) do
  local kind = string.match(place, '^[^:]*')
  if not counts[kind] then kinds[#kinds + 1] = kind end
  counts[kind] = (counts[kind] or 0) + 1
end
table.sort(kinds)
local found = {}
for _, kind in ipairs(kinds) do
  found[#found + 1] = kind
  found[#found + 1] = counts[kind]
end
return { redis.call('HLEN', KEYS[7]), found }
