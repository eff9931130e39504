using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Clustering;

public sealed class RedisProcessSharedStoreTests() : SharedStoreTests(RedisKind.Process);
