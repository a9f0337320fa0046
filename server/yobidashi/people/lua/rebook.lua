--[[ rebook: a booking takes other wishes, persons and answers; the places it leaves are given back in the same step.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the record was sealed with   2 booking id   3 sealed record   4 the booking's revision that was read
        5 {wishes = {{queue, slot}, ...}, adults, children}   6 {places that each wish's slot has, ...}   7 ms of the fair's end
gives   {'done', 'written' | 'changed'}: changed, where another write came first
        or {'refused', JSON}: vault_closed vault_changed unknown_reservation reservation_cancelled reservation_arrived
        reservations_closed slot_full slot_over
Where a new slot is full nothing changes: the old places stay. A place it has already is kept, whatever the time.
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

--@include standing

local booking, instead = standing(ARGV[7])
if instead then return instead end

local new, places = cjson.decode(ARGV[5]), cjson.decode(ARGV[6])

local function field_of(wish) return string.format('%s@%.0f', wish.queue, wish.slot) end

local had, keeps = {}, {}
for _, wish in ipairs(booking.wishes) do had[field_of(wish)] = true end
for i, wish in ipairs(new.wishes) do
  local field = field_of(wish)
  keeps[field] = true
  if not had[field] then
    local detail = { wish = i - 1, queue = wish.queue, slot = wish.slot }
    if wish.slot <= now then return refuse('slot_over', detail) end
    if tonumber(redis.call('HGET', KEYS[6], field) or 0) >= places[i] then return refuse('slot_full', detail) end
  end
end

for field in pairs(had) do
  if not keeps[field] and redis.call('HINCRBY', KEYS[6], field, -1) <= 0 then redis.call('HDEL', KEYS[6], field) end
end
for field in pairs(keeps) do
  if not had[field] then redis.call('HINCRBY', KEYS[6], field, 1) end
end
booking.wishes, booking.adults, booking.children = new.wishes, new.adults, new.children
booking.rev = booking.rev + 1
redis.call('HSET', KEYS[2], 'reservation:' .. ARGV[2], ARGV[3])
redis.call('HSET', KEYS[5], ARGV[2], cjson.encode(booking))
return { 'done', 'written' }
