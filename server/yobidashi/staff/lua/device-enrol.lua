--[[ device-enrol: a device shows an invitation and is one of the fair's from now on. The invitation is used up.

KEYS    the fair's keys (staff/keys.py)   8 what failed from this address
ARGV    1 SHA-256 of the token or code   2 device id   3 SHA-256 of its secret   4 until when it stays, ms
        5 ms it stays at least   6 most devices   7 most failures   8 ms failures are remembered
gives   {'done', {kind, until}}, or {'refused', JSON}: invitation_gone devices_full too_often
The device id is made of the command and the invitation, so whoever asks a second time is found enrolled already.
]]
local function refuse(code, detail) return { 'refused', cjson.encode({ code = code, detail = detail or {} }) } end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

if tonumber(redis.call('GET', KEYS[8]) or 0) >= tonumber(ARGV[7]) then
  return refuse('too_often', { wait_s = math.ceil(redis.call('PTTL', KEYS[8]) / 1000) })
end
local found, invitation
local all = redis.call('HGETALL', KEYS[4])
for i = 1, #all, 2 do
  local row = cjson.decode(all[i + 1])
  if row['until'] > now and (row.token == ARGV[1] or row.code == ARGV[1]) then
    found, invitation = all[i], row
  end
end
if not found or invitation.used and invitation.used ~= ARGV[2] then
  redis.call('INCR', KEYS[8])
  redis.call('PEXPIRE', KEYS[8], ARGV[8], 'NX')
  return refuse('invitation_gone')
end
local known = redis.call('HGET', KEYS[2], ARGV[2])
if known then
  local row = cjson.decode(known)
  return { 'done', cjson.encode({ kind = row.kind, ['until'] = row['until'] }) }
end
if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[6]) then return refuse('devices_full', { limit = tonumber(ARGV[6]) }) end

local ends = math.max(tonumber(ARGV[4]), now + tonumber(ARGV[5]))
local device = {
  kind = invitation.kind,
  label = invitation.label,
  by = invitation.by,
  secret = ARGV[3],
  at = now,
  ['until'] = ends,
  revoked = false,
}
redis.call('HSET', KEYS[2], ARGV[2], cjson.encode(device))
invitation.used = ARGV[2]
redis.call('HSET', KEYS[4], found, cjson.encode(invitation))
return { 'done', cjson.encode({ kind = device.kind, ['until'] = ends }) }
