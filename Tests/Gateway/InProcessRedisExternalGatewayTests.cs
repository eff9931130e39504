using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway;

public sealed class InProcessRedisExternalGatewayTests() : ExternalGatewayTests(RedisKind.InProcess);
