--[[ slots-read: how many bookings each slot has, and what time it is.

KEYS    the fair's keys (people/keys.py)
gives   {ms, {queue@slot, bookings, ...}}
]]
local time = redis.call('TIME')
return { time[1] * 1000 + math.floor(time[2] / 1000), redis.call('HGETALL', KEYS[6]) }
