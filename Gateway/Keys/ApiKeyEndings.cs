using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// Tells within this process which API keys have just been ended by it, so that nobody need wait for the next look into the
/// database (<see cref="IApiKeyStore.FindEndedAsync"/>), which finds those that others ended. Any thread may call it.
/// </summary>
internal sealed class ApiKeyEndings
{
    /// <summary>The numbers of keys that count no more. Who listens must not block.</summary>
    public event Action<ImmutableArray<long>>? Ended;

    /// <summary>Tells all who listen.</summary>
    public void Announce(long id) => Ended?.Invoke([id]);
}
