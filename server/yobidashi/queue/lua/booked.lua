--[[ booked: every booking of the fair, as the queue knows them. Reads only; not a command of a page.

KEYS    the fair's keys (queue/keys.py)
gives   each booking as JSON: {wishes: [{queue, slot}], state, ...}; nothing personal
]]
--@include fair

return redis.call('HVALS', BOOKINGS)
