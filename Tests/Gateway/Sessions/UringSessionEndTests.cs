namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Over the socket, many frames with one system call.</summary>
public sealed class UringSessionEndTests() : SessionEndTests("Uring");
