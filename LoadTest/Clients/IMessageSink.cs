namespace OrleansTicker.LoadTest.Clients;

/// <summary>Receives the messages of a WebSocket, one after another.</summary>
internal interface IMessageSink
{
    /// <exception cref="FrameException">The message violates the protocol. The WebSocket is then closed.</exception>
    void Take(ServerMessage message);
}
