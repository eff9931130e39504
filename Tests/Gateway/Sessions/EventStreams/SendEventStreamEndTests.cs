namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Over the socket, each frame with a system call.</summary>
public sealed class SendEventStreamEndTests() : EventStreamEndTests("Send");
