namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Over the socket, many frames with one system call.</summary>
public sealed class UringEventStreamEndTests() : EventStreamEndTests("Uring");
