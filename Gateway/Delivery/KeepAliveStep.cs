namespace OrleansTicker.Gateway.Delivery;

/// <summary>The next step that <see cref="KeepAlive"/> asks for.</summary>
internal enum KeepAliveStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Ask the client whether it is there.</summary>
    Ping,

    /// <summary>The client has not answered.</summary>
    GiveUp,
}
