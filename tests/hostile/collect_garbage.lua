-- Stopping the collector.
-- expect: input
-- says: 'collectgarbage' is not available
collectgarbage("stop")
