namespace OrleansTicker.LoadTest.Clients;

/// <summary>Takes what a socket is sent, one message after the other.</summary>
internal interface IMessageSink
{
    /// <exception cref="FrameException">The message breaks the protocol: the socket is given up.</exception>
    void Take(ServerMessage message);
}
