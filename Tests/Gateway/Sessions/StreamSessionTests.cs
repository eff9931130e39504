namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Sessions for which the web server writes, as over TLS.</summary>
public sealed class StreamSessionTests() : SessionTests(directWrites: false);
