namespace OrleansTicker.Gateway.Delivery;

/// <summary>The next step that <see cref="KeepAlive"/> asks for.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Send the client something: it answers, or its connection shows that it has gone.</summary>
    Ping,

    /// <summary>The client has not answered.</summary>
    GiveUp,
}
