namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Over the socket itself, as most sessions are.</summary>
public sealed class DirectSessionEndTests() : SessionEndTests(directWrites: true);
