/// Names of slots by number, for both generations of numbers: those that arrays of one kind have
/// had since 3.5, and the one space of numbers of 3.15.
enum SlotNames {
  /// Type slots from number 5, which are the same in both.
  private static let types = """
    mp_subscript nb_absolute nb_add nb_and nb_bool nb_divmod nb_float nb_floor_divide nb_index \
    nb_inplace_add nb_inplace_and nb_inplace_floor_divide nb_inplace_lshift nb_inplace_multiply \
    nb_inplace_or nb_inplace_power nb_inplace_remainder nb_inplace_rshift nb_inplace_subtract \
    nb_inplace_true_divide nb_inplace_xor nb_int nb_invert nb_lshift nb_multiply nb_negative \
    nb_or nb_positive nb_power nb_remainder nb_rshift nb_subtract nb_true_divide nb_xor \
    sq_ass_item sq_concat sq_contains sq_inplace_concat sq_inplace_repeat sq_item sq_length \
    sq_repeat tp_alloc tp_base tp_bases tp_call tp_clear tp_dealloc tp_del tp_descr_get \
    tp_descr_set tp_doc tp_getattr tp_getattro tp_hash tp_init tp_is_gc tp_iter tp_iternext \
    tp_methods tp_new tp_repr tp_richcompare tp_setattr tp_setattro tp_str tp_traverse \
    tp_members tp_getset tp_free nb_matrix_multiply nb_inplace_matrix_multiply am_await am_aiter \
    am_anext tp_finalize am_send tp_vectorcall tp_token
    """.split(separator: " ").map(String.init)

  /// All slots from number 84 of the one space.
  private static let unified = """
    mod_create mod_exec mod_multiple_interpreters mod_gil bf_getbuffer bf_releasebuffer \
    mp_ass_subscript mp_length slot_subslots tp_slots mod_slots tp_name tp_basicsize \
    tp_extra_basicsize tp_itemsize tp_flags mod_name mod_doc mod_state_size mod_methods \
    mod_state_traverse mod_state_clear mod_state_free tp_metaclass tp_module mod_abi mod_token
    """.split(separator: " ").map(String.init)

  private static let oldModules = ["mod_create", "mod_exec", "mod_multiple_interpreters", "mod_gil"]
  private static let oldTypes = ["bf_getbuffer", "bf_releasebuffer", "mp_ass_subscript", "mp_length"]

  /// The bare name (`tp_new`, `mod_gil`) of a slot; nil for numbers that mean nothing there.
  static func bareName(of id: Int64, in kind: SlotArrayKind) -> String? {
    switch id {
    case 1...4:
      switch kind {
      case .module: oldModules[Int(id) - 1]
      case .type: oldTypes[Int(id) - 1]
      case .unified: nil
      }
    case 5...83: kind == .module ? nil : types[Int(id) - 5]
    case 84...110: unified[Int(id) - 84]
    default: nil
    }
  }

  /// As `bareName`, spelled as in C: `Py_mod_gil`.
  static func name(of id: Int64, in kind: SlotArrayKind) -> String? {
    bareName(of: id, in: kind).map { "Py_" + $0 }
  }
}
