--[[ book: takes places for bookings and keeps what was answered, sealed: each booking whole, or not at all.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version the records were sealed with   2 'all': every booking or none, 'good': those that can be, 'check': none
        3 ms from which and 4 before which bookings are taken   then, for each booking:
        id, sealed record, {wishes = {{queue, slot}, ...}, adults, children}, {places that each wish's slot has, ...},
        link by its address, link by its code
gives   {'done', JSON: for each booking 'made', 'there' (the same id was booked before), 'link' (a link is another's), or
        {code, detail}: slot_full slot_over people_full}
        or {'refused', JSON}: vault_closed vault_changed reservations_not_open reservations_closed
No slot ever has more bookings than places: whoever asks meanwhile is asked after.
]]
local BOOKINGS_MAX = 20000 -- bookings of one fair, those that were cancelled included
local PEOPLE_MAX = 200000 -- as in records-put.lua
local EACH = 6 -- arguments of one booking

local function refuse(code) return { 'refused', cjson.encode({ code = code }) } end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
if vault[2] then return refuse('vault_closed') end
if vault[1] ~= ARGV[1] then return refuse('vault_changed') end
if now < tonumber(ARGV[3]) then return refuse('reservations_not_open') end
if now >= tonumber(ARGV[4]) then return refuse('reservations_closed') end

local taken = {} -- field → bookings, with those that this call makes
local room = {
  bookings = BOOKINGS_MAX - redis.call('HLEN', KEYS[5]),
  records = PEOPLE_MAX - redis.call('HLEN', KEYS[2]),
}

local function field_of(wish) return string.format('%s@%.0f', wish.queue, wish.slot) end

local function bookings_in(field)
  taken[field] = taken[field] or tonumber(redis.call('HGET', KEYS[6], field) or 0)
  return taken[field]
end

-- Why a booking cannot be made, or nil.
local function against(booking, places)
  for i, wish in ipairs(booking.wishes) do
    local detail = { wish = i - 1, queue = wish.queue, slot = wish.slot }
    if wish.slot <= now then return { code = 'slot_over', detail = detail } end
    if bookings_in(field_of(wish)) >= places[i] then return { code = 'slot_full', detail = detail } end
  end
  if room.bookings <= 0 then return { code = 'people_full', detail = { limit = BOOKINGS_MAX } } end
  if room.records <= 0 then return { code = 'people_full', detail = { limit = PEOPLE_MAX } } end
end

local answers, made, refused = {}, {}, false
for at = 5, #ARGV, EACH do
  local booking, places = cjson.decode(ARGV[at + 2]), cjson.decode(ARGV[at + 3])
  local answer
  if redis.call('HEXISTS', KEYS[5], ARGV[at]) == 1 then
    answer = 'there'
  elseif redis.call('HEXISTS', KEYS[7], ARGV[at + 4]) + redis.call('HEXISTS', KEYS[7], ARGV[at + 5]) > 0 then
    answer, refused = 'link', true
  else
    answer = against(booking, places) or 'made'
    if answer == 'made' then
      for _, wish in ipairs(booking.wishes) do taken[field_of(wish)] = bookings_in(field_of(wish)) + 1 end
      room.bookings, room.records = room.bookings - 1, room.records - 1
      made[#made + 1] = { at = at, booking = booking }
    else
      refused = true
    end
  end
  answers[#answers + 1] = answer
end

if ARGV[2] == 'good' or ARGV[2] == 'all' and not refused then
  for _, each in ipairs(made) do
    local at, booking, place = each.at, each.booking, 'reservation:' .. ARGV[each.at]
    booking.state, booking.rev = 'booked', 1
    for _, wish in ipairs(booking.wishes) do redis.call('HINCRBY', KEYS[6], field_of(wish), 1) end
    redis.call('HSET', KEYS[2], place, ARGV[at + 1])
    redis.call('HSET', KEYS[5], ARGV[at], cjson.encode(booking))
    redis.call('HSET', KEYS[7], ARGV[at + 4], place, ARGV[at + 5], place)
  end
end
return { 'done', cjson.encode(answers) }
