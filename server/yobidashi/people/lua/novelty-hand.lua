--[[ novelty-hand: the party of a booking gets its gift, or gives it back: once a booking, and never more than there are.

KEYS    the fair's keys (people/keys.py)
ARGV    1 booking id   2 command id   3 pieces there are   4 'give' or 'undo'   5 ms within which it can be taken back
gives   {'done', {handed, left}}: ms at which it was handed (0: it is not), and how many pieces are left
        or {'refused', JSON}: unknown_reservation reservation_cancelled not_arrived novelty_given novelty_out
        novelty_not_given undo_too_late
The same command again gives the first answer, with what is left now.
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local stands = redis.call('HGET', KEYS[5], ARGV[1])
if not stands then return refuse('unknown_reservation') end
local booking = cjson.decode(stands)
local given, stock = tonumber(redis.call('HGET', KEYS[12], 'given') or 0), tonumber(ARGV[3])

local function answer()
  return { 'done', cjson.encode({ handed = booking.novelty or 0, left = math.max(0, stock - given) }) }
end

if booking.novelty_command == ARGV[2] then return answer() end
if ARGV[4] == 'give' then
  if booking.state == 'cancelled' then return refuse('reservation_cancelled') end
  if booking.state ~= 'arrived' then return refuse('not_arrived') end
  if booking.novelty then return refuse('novelty_given', { at = booking.novelty }) end
  if given >= stock then return refuse('novelty_out', { stock = stock }) end
  booking.novelty, given = now, redis.call('HINCRBY', KEYS[12], 'given', 1)
else
  if not booking.novelty then return refuse('novelty_not_given') end
  if now - booking.novelty > tonumber(ARGV[5]) then return refuse('undo_too_late') end
  booking.novelty, given = nil, redis.call('HINCRBY', KEYS[12], 'given', -1)
end
booking.novelty_command = ARGV[2]
redis.call('HSET', KEYS[5], ARGV[1], cjson.encode(booking))
return answer()
