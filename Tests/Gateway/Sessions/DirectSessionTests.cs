namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Sessions that write to their sockets themselves, as most do.</summary>
public sealed class DirectSessionTests() : SessionTests(directWrites: true);
