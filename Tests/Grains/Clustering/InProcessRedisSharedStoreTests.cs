using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Clustering;

public sealed class InProcessRedisSharedStoreTests() : SharedStoreTests(RedisKind.InProcess);
