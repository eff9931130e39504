using Orleans.Serialization;
using Orleans.Storage;

namespace OrleansTicker.Grains.Storage;

/// <summary>
/// Stores the state of grains in this process, for a silo that is a cluster by itself. Orleans' own memory storage consists of grains,
/// which leave a stopping silo while others still write. Thread-safe.
/// </summary>
internal sealed class ProcessStorage(DeepCopier copier) : IGrainStorage
{
    private readonly Lock _changing = new();
    private readonly Dictionary<(string Name, GrainId Grain), (object? State, string ETag)> _records = [];
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        (object? State, string ETag) record;
        bool exists;
        lock (_changing)
        {
            exists = _records.TryGetValue((stateName, grainId), out record);
        }

        grainState.State = exists ? copier.Copy((T)record.State!) : Activator.CreateInstance<T>();
        grainState.ETag = exists ? record.ETag : null;
        grainState.RecordExists = exists;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var copy = copier.Copy(grainState.State);
        lock (_changing)
        {
            Check(stateName, grainId, grainState.ETag);
            grainState.ETag = (++_version).ToString(System.Globalization.CultureInfo.InvariantCulture);
            _records[(stateName, grainId)] = (copy, grainState.ETag);
        }

        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_changing)
        {
            Check(stateName, grainId, grainState.ETag);
            _records.Remove((stateName, grainId));
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private void Check(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException($"The state '{stateName}' of {grainId} has another version than the one read.", stored ?? "none", etag ?? "none");
        }
    }
}
