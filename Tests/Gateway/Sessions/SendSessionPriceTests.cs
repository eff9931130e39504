namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Over the socket, each frame with a system call.</summary>
public sealed class SendSessionPriceTests() : SessionPriceTests("Send");
