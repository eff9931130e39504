using System.Collections.Immutable;

namespace OrleansTicker.Gateway.Keys;

/// <summary>
/// Announces within this process which API keys it has just ended, so that nobody has to wait for the next query
/// (<see cref="IApiKeyStore.FindEndedAsync"/>), which finds the keys that other processes ended. Thread-safe.
/// </summary>
internal sealed class ApiKeyEndings
{
    /// <summary>The numbers of the keys that are no longer valid. A handler must not block.</summary>
    public event Action<ImmutableArray<long>>? Ended;

    /// <summary>Raises <see cref="Ended"/> for one key.</summary>
    public void Announce(long id) => Ended?.Invoke([id]);
}
