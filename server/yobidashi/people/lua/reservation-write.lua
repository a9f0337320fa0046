--[[ reservation-write: a reservation's sealed record is written anew; what it reserves stays. A consent is withdrawn in this way.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the record was sealed with   2 booking id   3 sealed record   4 the booking's revision that was read
gives   {'done', 'written' | 'changed'}: changed, where another write came first
        or {'refused', JSON}: vault_closed vault_changed unknown_reservation
]]
local function refuse(code) return { 'refused', cjson.encode({ code = code }) } end

local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
if vault[1] ~= ARGV[1] then return refuse('vault_changed') end

local stands = redis.call('HGET', KEYS[5], ARGV[2])
if not stands then return refuse('unknown_reservation') end
local booking = cjson.decode(stands)
if booking.rev ~= tonumber(ARGV[4]) then return { 'done', 'changed' } end
booking.rev = booking.rev + 1
redis.call('HSET', KEYS[2], 'reservation:' .. ARGV[2], ARGV[3])
redis.call('HSET', KEYS[5], ARGV[2], cjson.encode(booking))
return { 'done', 'written' }
