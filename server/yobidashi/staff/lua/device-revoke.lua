--[[ device-revoke: a device is one of the fair's no longer.

KEYS    the fair's keys (staff/keys.py)
ARGV    1 device id
gives   {'done', row}, or {'refused', JSON}: unknown_device
]]
local stored = redis.call('HGET', KEYS[2], ARGV[1])
if not stored then return { 'refused', cjson.encode({ code = 'unknown_device' }) } end
local device = cjson.decode(stored)
device.revoked = true
local row = cjson.encode(device)
redis.call('HSET', KEYS[2], ARGV[1], row)
return { 'done', row }
