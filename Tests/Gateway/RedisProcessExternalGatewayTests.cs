using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway;

public sealed class RedisProcessExternalGatewayTests() : ExternalGatewayTests(RedisKind.Process);
