--[[ A booking that may still be changed. Needs `refuse`. ARGV 1 to 4: as in `rebook` and `unbook`; the ms of the fair's end are named. ]]

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

-- Gives the booking; or nothing, and what is to be answered instead.
local function standing(ends)
  local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
  if vault[2] then return nil, refuse('vault_closed') end
  if vault[1] ~= ARGV[1] then return nil, refuse('vault_changed') end
  local stands = redis.call('HGET', KEYS[5], ARGV[2])
  if not stands then return nil, refuse('unknown_reservation') end
  local booking = cjson.decode(stands)
  if booking.state ~= 'booked' then return nil, refuse('reservation_' .. booking.state) end
  if now >= tonumber(ends) then return nil, refuse('reservations_closed') end
  if booking.rev ~= tonumber(ARGV[4]) then return nil, { 'done', 'changed' } end
  return booking
end
