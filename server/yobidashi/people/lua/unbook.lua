--[[ unbook: a booking is cancelled. Its places are free at once, and of what was answered only the consent decisions stay.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the record was sealed with   2 booking id   3 sealed record, without answers   4 the booking's revision that
        was read   5 ms of the fair's end   6 link by its code, which opens nothing from now on
gives   {'done', 'written' | 'changed'}: changed, where another write came first
        or {'refused', JSON}: vault_closed vault_changed unknown_reservation reservation_cancelled reservation_arrived
        reservations_closed
]]
local function refuse(code) return { 'refused', cjson.encode({ code = code }) } end

--@include standing

local booking, instead = standing(ARGV[5])
if instead then return instead end

for _, wish in ipairs(booking.wishes) do
  local field = string.format('%s@%.0f', wish.queue, wish.slot)
  if redis.call('HINCRBY', KEYS[6], field, -1) <= 0 then redis.call('HDEL', KEYS[6], field) end
end
booking.state, booking.rev = 'cancelled', booking.rev + 1
redis.call('HSET', KEYS[2], 'reservation:' .. ARGV[2], ARGV[3])
redis.call('HSET', KEYS[5], ARGV[2], cjson.encode(booking))
redis.call('HDEL', KEYS[7], ARGV[6])
return { 'done', 'written' }
