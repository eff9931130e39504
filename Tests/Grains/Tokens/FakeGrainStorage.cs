using System.Collections.Concurrent;
using System.Text;
using Orleans.Storage;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>Grain storage in memory that can be looked into, waited for, and made to fail. Serializes as Orleans' own does.</summary>
internal sealed class FakeGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, BinaryData> _records = new();
    private readonly ConcurrentDictionary<GrainId, TaskCompletionSource> _cleared = new();

    public IGrainStorageSerializer? Serializer { get; set; }

    /// <summary>What the next calls fail with, if anything.</summary>
    public Exception? Fault { get; set; }

    public bool Holds(GrainId grain) => _records.ContainsKey(grain);

    public string TextOf(GrainId grain) => Encoding.UTF8.GetString(_records[grain]);

    public Task WaitForClear(GrainId grain) => ClearedOf(grain).Task;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        if (_records.TryGetValue(grainId, out var record))
        {
            grainState.State = Serializer!.Deserialize<T>(record);
            grainState.RecordExists = true;
            grainState.ETag = "any";
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        _records[grainId] = Serializer!.Serialize(grainState.State);
        grainState.RecordExists = true;
        grainState.ETag = "any";
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        _records.TryRemove(grainId, out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
        ClearedOf(grainId).TrySetResult();
        return Task.CompletedTask;
    }

    private TaskCompletionSource ClearedOf(GrainId grain) =>
        _cleared.GetOrAdd(grain, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private void ThrowIfFaulty()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
