using System.Collections.Concurrent;
using System.Text;
using Orleans.Storage;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>Grain storage in memory that can be looked into, waited for, and made to fail. Serializes as Orleans' own does.</summary>
internal sealed class FakeGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (BinaryData Data, string ETag)> _records = new();
    private readonly ConcurrentDictionary<GrainId, TaskCompletionSource> _cleared = new();

    public IGrainStorageSerializer? Serializer { get; set; }

    /// <summary>What the next calls fail with, if anything.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether the next record is cleared and its answer lost.</summary>
    public bool LosesAnswer { get; set; }

    public bool Holds(GrainId grain) => _records.ContainsKey(grain);

    public string TextOf(GrainId grain) => Encoding.UTF8.GetString(_records[grain].Data);

    /// <summary>Takes a record away.</summary>
    public void Lose(GrainId grain) => Assert.True(_records.TryRemove(grain, out _));

    /// <summary>Makes another version of a record.</summary>
    public void Change(GrainId grain) => _records[grain] = (_records[grain].Data, NewETag());

    public Task WaitForClear(GrainId grain) => ClearedOf(grain).Task;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        if (_records.TryGetValue(grainId, out var record))
        {
            grainState.State = Serializer!.Deserialize<T>(record.Data);
            grainState.RecordExists = true;
            grainState.ETag = record.ETag;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.RecordExists = false;
            grainState.ETag = null;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        ThrowIfChanged(grainId, grainState.ETag);
        grainState.RecordExists = true;
        grainState.ETag = NewETag();
        _records[grainId] = (Serializer!.Serialize(grainState.State), grainState.ETag);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ThrowIfFaulty();
        ThrowIfChanged(grainId, grainState.ETag);
        _records.TryRemove(grainId, out _);
        if (LosesAnswer)
        {
            LosesAnswer = false;
            throw new TimeoutException("The answer is lost because the test says so.");
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
        ClearedOf(grainId).TrySetResult();
        return Task.CompletedTask;
    }

    private TaskCompletionSource ClearedOf(GrainId grain) =>
        _cleared.GetOrAdd(grain, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private static string NewETag() => Guid.NewGuid().ToString("N");

    private void ThrowIfChanged(GrainId grain, string? etag)
    {
        var stored = _records.TryGetValue(grain, out var record) ? record.ETag : null;
        if (stored != etag)
        {
            throw new InconsistentStateException("Another version is stored.", stored, etag);
        }
    }

    private void ThrowIfFaulty()
    {
        if (Fault is { } fault)
        {
            throw fault;
        }
    }
}
