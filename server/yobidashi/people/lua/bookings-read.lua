--[[ bookings-read: what the queue knows of bookings. Nothing personal.

KEYS    the fair's keys (people/keys.py)
ARGV    booking ids; none: every booking
gives   {id, JSON or false, ...}
]]
if #ARGV == 0 then return redis.call('HGETALL', KEYS[5]) end
local found = {}
for _, id in ipairs(ARGV) do
  found[#found + 1] = id
  found[#found + 1] = redis.call('HGET', KEYS[5], id)
end
return found
